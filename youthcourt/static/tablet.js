// The court's tablet: big number keys that type into the field above them.
for (const keys of document.querySelectorAll('[data-keys]')) {
  const field = document.getElementById(keys.dataset.keys);
  keys.hidden = false;
  field.inputMode = 'none'; // the tablet's own keyboard would cover ours
  keys.addEventListener('click', (event) => {
    const key = event.target.closest('button')?.value;
    if (key === 'back') field.value = field.value.trimEnd().slice(0, -1);
    else if (key && field.value.replace(/\D/g, '').length < 8) field.value += (field.value.length === 4 ? ' ' : '') + key;
  });
}
