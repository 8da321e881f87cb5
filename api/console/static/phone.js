/* The script of the public's pages (公众页面脚本). Everything works without it; with it, photographs travel small. */
"use strict";

(() => {
  const every = (what, where = document) => [...where.querySelectorAll(what)];
  const LONGEST = 1600;
  const SMALL = 400000;

  /* A photograph at the size that is kept; the original wherever the browser cannot do it or gains nothing. */
  const shrink = async (file) => {
    if (!window.createImageBitmap || !file.type.startsWith("image/") || file.size < SMALL) return file;
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(image.width * scale));
      canvas.height = Math.max(1, Math.round(image.height * scale));
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(image, 0, 0, canvas.width, canvas.height);
      if (image.close) image.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
    } catch (error) {
      return file;
    }
  };

  for (const form of every("form")) {
    form.addEventListener("submit", async (event) => {
      if ("again" in form.dataset) return;
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      setTimeout(() => { delete form.dataset.sent; }, 15000);
      const inputs = every("input[type=file]", form).filter((input) => input.files.length);
      if (!("shrink" in form.dataset) || !inputs.length || !window.DataTransfer) return;
      event.preventDefault();
      try {
        for (const input of inputs) {
          const bag = new DataTransfer();
          for (const file of input.files) bag.items.add(await shrink(file));
          input.files = bag.files;
        }
      } catch (error) {
        /* an older browser sends the originals: the server makes them small */
      }
      form.submit();
    });
  }
  addEventListener("pageshow", () => { for (const form of every("form[data-sent]")) delete form.dataset.sent; });

  for (const button of every("button.script")) button.hidden = false;
  for (const button of every("[data-print]")) button.addEventListener("click", () => print());
  for (const button of every("[data-copy]")) {
    if (!navigator.clipboard) { button.hidden = true; continue; }
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    });
  }

  /* the token of a link stands behind the #: it is neither sent nor kept in any log */
  const form = document.querySelector("form[data-fragment]");
  if (form && location.hash.length > 1) {
    form.elements[form.dataset.fragment].value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  const loud = document.querySelector("[role=alert][tabindex]");
  if (loud) loud.focus();
})();
