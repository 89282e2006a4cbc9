from essaim.cli.main import main

main()
