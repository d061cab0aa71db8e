// Elements that the browser keeps up to date by itself, so that the server need not repaint for a clock or a scroll bar.
(() => {
  // How far this machine's clock is ahead of the farm's.
  const ahead = Date.now() - Number(document.documentElement.dataset.now || Date.now());
  const units = [["d", 86400], ["h", 3600], ["min", 60]];

  function ago(seconds) {
    // What is to come is at least a minute away; less is a clock that is read late.
    if (seconds <= -60) return `in ${whole(-seconds, Math.round)}`;
    if (seconds < 3) return "now";
    if (seconds < 60) return `${seconds} s ago`;
    return `${whole(seconds, Math.floor)} ago`;
  }

  function whole(seconds, round) {
    const [unit, length] = units.find(([, length]) => seconds >= length);
    return `${round(seconds / length)} ${unit}`;
  }

  class FarmTime extends HTMLElement {
    static all = new Set();
    static observedAttributes = ["at"];
    connectedCallback() { FarmTime.all.add(this); this.draw(); }
    disconnectedCallback() { FarmTime.all.delete(this); }
    attributeChangedCallback() { if (this.isConnected) this.draw(); }

    draw() {
      const at = Number(this.getAttribute("at")) + ahead;
      const text = ago(Math.trunc((Date.now() - at) / 1000));
      if (this.textContent !== text) this.textContent = text;
      const title = new Date(at).toLocaleString();
      if (this.title !== title) this.title = title;
    }
  }
  customElements.define("farm-time", FarmTime);
  setInterval(() => { if (!document.hidden) for (const time of FarmTime.all) time.draw(); }, 1000);

  // Stays at the end while text is added, unless its reader has scrolled up.
  class FarmFollow extends HTMLElement {
    connectedCallback() {
      this.following = true;
      this.addEventListener("scroll", () => {
        this.following = this.scrollHeight - this.scrollTop - this.clientHeight < 24;
      }, { passive: true });
      this.watcher = new MutationObserver(() => this.toEnd());
      this.watcher.observe(this, { childList: true, subtree: true, characterData: true });
      this.toEnd();
    }
    disconnectedCallback() { this.watcher.disconnect(); }
    toEnd() { if (this.following) this.scrollTop = this.scrollHeight; }
  }
  customElements.define("farm-follow", FarmFollow);

  // On a small screen, brings what was just opened into view.
  class FarmReveal extends HTMLElement {
    static observedAttributes = ["for"];
    connectedCallback() { this.reveal(); }
    attributeChangedCallback() { if (this.isConnected) this.reveal(); }
    reveal() {
      if (matchMedia("(max-width: 1099px)").matches)
        requestAnimationFrame(() => this.scrollIntoView({ block: "start" }));
    }
  }
  customElements.define("farm-reveal", FarmReveal);

  // A page. A click on it is lost in silence before it is connected, and after the address has changed to that of another, which the farm has yet to
  // send. Its controls are off then; its links are not.
  class FarmPage extends HTMLElement {
    static observedAttributes = ["at"];
    connectedCallback() {
      this.gone = new AbortController();
      // When a click on a link arrives at the window, the address has changed. Old browsers have only the first two.
      for (const [source, event] of [[window, "click"], [window, "popstate"], [window.navigation, "currententrychange"]])
        source?.addEventListener(event, () => this.settle(), { signal: this.gone.signal });
      this.settle();
    }
    disconnectedCallback() { this.gone.abort(); }
    attributeChangedCallback() { if (this.isConnected) this.settle(); }
    settle() {
      const at = this.getAttribute("at");
      this.closest("fieldset").disabled = !at || new URL(at).pathname !== location.pathname;
    }
  }
  customElements.define("farm-page", FarmPage);

  // Puts the code of a link into the field before it, anew when the page is drawn anew. It is in the fragment, which is sent to nobody and leaves the
  // address here.
  class FarmLinkCode extends HTMLElement {
    static code = "";
    connectedCallback() {
      this.gone = new AbortController();
      window.addEventListener("hashchange", () => this.take(), { signal: this.gone.signal });
      this.take();
    }
    disconnectedCallback() { this.gone.abort(); }
    take() {
      if (location.hash.length > 1) {
        FarmLinkCode.code = decodeURIComponent(location.hash.slice(1));
        history.replaceState(history.state, "", location.pathname + location.search);
      }
      if (FarmLinkCode.code) this.previousElementSibling.value = FarmLinkCode.code;
    }
  }
  customElements.define("farm-link-code", FarmLinkCode);

  // A page whose farm was started anew, or was away for long, comes back as soon as the farm does.
  const lost = document.getElementById("components-reconnect-modal");
  let waiting = false;
  new MutationObserver(() => {
    if (waiting || !/reconnect-(failed|rejected)/.test(lost.className)) return;
    waiting = true;
    const again = async () => {
      try { if ((await fetch(location.href, { method: "HEAD" })).status < 500) return location.reload(); } catch { /* still away */ }
      setTimeout(again, 3000);
    };
    again();
  }).observe(lost, { attributes: true, attributeFilter: ["class"] });
})();
