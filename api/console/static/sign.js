/* Signing on the screen (签名). Without this script a photograph of the signed sheet is sent by the same form. */
"use strict";

(() => {
  const form = document.querySelector("form[data-sign]");
  if (!form || !window.PointerEvent || !window.DataTransfer || !HTMLCanvasElement.prototype.toBlob) return;
  const pad = form.querySelector("[data-pad]");
  const canvas = pad.querySelector("canvas");
  const input = form.querySelector("input[type=file]");
  const upload = form.querySelector("[data-upload]");
  const empty = form.querySelector("[data-empty]");
  const pen = canvas.getContext("2d");
  const strokes = [];
  let stroke = null;

  const draw = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#000";
    pen.lineWidth = canvas.height / 60;
    for (const points of strokes) {
      pen.beginPath();
      points.forEach(([x, y], n) => {
        const [px, py] = [x * canvas.width, y * canvas.height];
        if (n) pen.lineTo(px, py); else pen.moveTo(px, py);
      });
      if (points.length === 1) pen.lineTo(points[0][0] * canvas.width + 0.1, points[0][1] * canvas.height);
      pen.stroke();
    }
  };
  const fit = () => {
    const box = canvas.getBoundingClientRect();
    const scale = Math.min(2, window.devicePixelRatio || 1);
    canvas.width = Math.max(1, Math.round(box.width * scale));
    canvas.height = Math.max(1, Math.round(box.height * scale));
    draw();
  };
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    stroke = [at(event)];
    strokes.push(stroke);
    empty.hidden = true;
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const passed = event.getCoalescedEvents ? event.getCoalescedEvents() : [event];
    for (const each of passed.length ? passed : [event]) stroke.push(at(each));
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { stroke = null; });
  pad.querySelector("[data-undo]").addEventListener("click", () => { strokes.pop(); draw(); });
  pad.querySelector("[data-clear]").addEventListener("click", () => { strokes.length = 0; draw(); });

  /* What was drawn travels as the same field a photograph would. */
  let ready = false;
  form.addEventListener("submit", async (event) => {
    if (ready || !strokes.length) {
      if (!strokes.length && !input.files.length) {
        event.preventDefault();
        empty.hidden = false;
      }
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const files = new DataTransfer();
    files.items.add(new File([blob], "signature.png", { type: "image/png" }));
    input.files = files.files;
    ready = true;
    form.requestSubmit();
  }, true);

  pad.hidden = false;
  upload.open = Boolean(input.getAttribute("aria-invalid"));
  fit();
  addEventListener("resize", fit);
})();
