// passkey.js: asks the browser for a passkey when a form with data-passkey is sent, and sends what it gives with it.
// data-passkey: create or get; data-options: id of the element with what to ask for, or data-ask: the address that
// gives it. What is hidden with data-passkey or data-needs-passkey is shown where the browser knows passkeys.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  return answer.json();
}

const withBytes = (known) => ({ ...known, id: bytes(known.id) });

async function create({ creation_options: { publicKey } }) {
  const credential = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: withBytes(publicKey.user),
      excludeCredentials: (publicKey.excludeCredentials || []).map(withBytes),
      // It signs in alone: so it has to be found without a name, and to know its person.
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    },
  });
  return {
    ...common(credential),
    response: {
      clientDataJSON: text(credential.response.clientDataJSON),
      attestationObject: text(credential.response.attestationObject),
      transports: credential.response.getTransports?.() || [],
    },
  };
}

async function get({ request_options: { publicKey } }) {
  const credential = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: (publicKey.allowCredentials || []).map(withBytes),
    },
  });
  const { response } = credential;
  return {
    ...common(credential),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

const common = (credential) => ({
  type: credential.type,
  id: credential.id,
  rawId: text(credential.rawId),
  clientExtensionResults: credential.getClientExtensionResults(),
});

if (window.PublicKeyCredential) {
  for (const hidden of document.querySelectorAll("[data-passkey][hidden], [data-needs-passkey]")) hidden.hidden = false;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const fault = form.querySelector("[data-passkey-fault]");
      fault.textContent = "";
      try {
        const ask = form.dataset.passkey === "create" ? create : get;
        form.elements.credential.value = JSON.stringify(await ask(await optionsOf(form)));
        form.submit();
      } catch {
        fault.textContent = fault.dataset.passkeyFault;
      }
    });
  }
}
