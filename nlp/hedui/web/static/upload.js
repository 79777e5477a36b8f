"use strict";
// Shows how far an upload is and waits for the result; without it the form works all the same.
const form = document.getElementById("upload");
const progress = document.getElementById("progress");
const state = document.getElementById("state");
const json = { Accept: "application/json" };

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", json.Accept);
  request.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable) progress.value = (100 * sent.loaded) / sent.total;
  });
  request.addEventListener("load", () => {
    if (request.status === 200) {
      state.textContent = form.dataset.checking;
      progress.removeAttribute("value");
      wait(JSON.parse(request.responseText).job);
    } else {
      failed();
    }
  });
  request.addEventListener("error", failed);
  progress.hidden = false;
  progress.value = 0;
  state.textContent = "";
  request.send(new FormData(form));
});

async function wait(job) {
  const response = await fetch(job, { headers: json });
  if (!response.ok) failed();
  else if ((await response.json()).done) location.assign(job);
  else setTimeout(() => wait(job), 300);
}

function failed() {
  progress.hidden = true;
  state.textContent = form.dataset.failed;
}
