// Passkeys: fetches a question, lets the device sign it, and sends the answer as an ordinary form.
const able = (element) => 'credentials' in navigator && 'PublicKeyCredential' in window && location.origin === element.dataset.origin;
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const each = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

const ask = {
  get: (question) => navigator.credentials.get({
    publicKey: { ...question, challenge: bytes(question.challenge), allowCredentials: each(question.allowCredentials) },
  }),
  create: (question) => navigator.credentials.create({
    publicKey: {
      ...question,
      challenge: bytes(question.challenge),
      user: { ...question.user, id: bytes(question.user.id) },
      excludeCredentials: each(question.excludeCredentials),
    },
  }),
};

// Only what the server reads, each part as text.
const told = (credential) => {
  const { response } = credential, answer = {};
  for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[part]) answer[part] = text(response[part]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: answer });
};

for (const element of document.querySelectorAll('[data-needs-passkey]')) element.hidden = !able(element);

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!able(form)) continue;
  form.hidden = false;
  for (const note of document.querySelectorAll('[data-without-passkey]')) note.hidden = true;
  const failed = form.querySelector('[role=alert]');
  form.addEventListener('submit', async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    event.stopPropagation();
    failed.hidden = true;
    try {
      const headers = { 'X-CSRFToken': form.elements.csrf_token.value };
      const reply = await fetch(form.dataset.question, { method: 'POST', headers });
      if (!reply.ok || reply.redirected) { location.reload(); return; }
      form.elements.answer.value = told(await ask[form.dataset.passkey](await reply.json()));
      form.requestSubmit();
    } catch {
      failed.hidden = false;
    }
  });
}
