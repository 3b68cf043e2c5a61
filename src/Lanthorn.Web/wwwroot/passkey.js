// Forms with data-passkey: the server is asked for options at data-to, the authenticator answers them, and the form goes there.

const parts = window.PublicKeyCredential;
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!parts?.parseCreationOptionsFromJSON || !parts.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      const answer = await fetch(`${form.dataset.to}/begin`, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(answer.statusText);
      const asked = await answer.json();
      const options = JSON.parse(asked.options);
      const credential =
        form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: parts.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: parts.parseRequestOptionsFromJSON(options) });
      form.elements.step.value = asked.step;
      form.elements.credential.value = JSON.stringify(credential);
      form.action = form.dataset.to;
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
