// A signature drawn with a finger, a pen or a mouse, kept as strokes. Without this file a name is typed.
for (const box of document.querySelectorAll('[data-signature]')) {
  const canvas = box.querySelector('canvas'), pen = canvas.getContext('2d');
  const field = box.closest('form').elements[box.dataset.signature];
  const strokes = [];
  let last = null;
  box.hidden = false;
  const clean = () => { pen.clearRect(0, 0, canvas.width, canvas.height); pen.lineWidth = 4; pen.lineCap = pen.lineJoin = 'round'; };
  const place = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const within = (at, most) => Math.round(Math.min(Math.max(at, 0), most - 1));
    return [within((event.clientX - left) / width * canvas.width, canvas.width), within((event.clientY - top) / height * canvas.height, canvas.height)];
  };
  const draw = (mark, [x, y]) => {
    if (strokes.length > 1500) return;
    strokes.push(`${mark}${x} ${y}`);
    pen.beginPath();
    pen.moveTo(...(last || [x, y]));
    pen.lineTo(x, y);
    pen.stroke();
    last = [x, y];
    field.value = strokes.join('');
  };
  clean();
  canvas.addEventListener('pointerdown', (event) => { event.preventDefault(); canvas.setPointerCapture(event.pointerId); last = null; draw('M', place(event)); });
  canvas.addEventListener('pointermove', (event) => {
    if (!last || !canvas.hasPointerCapture(event.pointerId)) return;
    const [x, y] = place(event);
    if (Math.hypot(x - last[0], y - last[1]) > 3) draw('L', [x, y]);
  });
  canvas.addEventListener('pointerup', () => { last = null; });
  box.querySelector('[data-wipe]').addEventListener('click', () => { strokes.length = 0; field.value = ''; last = null; clean(); });
}
