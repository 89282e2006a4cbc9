// A passkey that could not be used is told on the page; a browser without passkeys is not offered any.
document.addEventListener("allauth.error", () => {
  const trouble = document.querySelector("[data-passkey-trouble]");
  if (trouble) {
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  }
});
if (!window.PublicKeyCredential) {
  for (const id of ["passkey_login", "mfa_webauthn_authenticate"]) {
    document.getElementById(id)?.closest("form")?.setAttribute("hidden", "");
  }
}
