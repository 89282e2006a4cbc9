"""The brand's desk: pages that cut across mechanisms."""
