using System.Globalization;
using Evenkeel.ScriptedModel;

const string Help = """
    scripted-model: a model server that answers as told.

      --port N          where to listen on 127.0.0.1 (default 9191; 0 = any)
      --tokens N        length of the default answer "word1 word2 …" (32)
      --delay MS        between tokens; 0 sends the answer in one write (0)
      --first-delay MS  before the first token (0)
      --remember N      received requests kept for GET /control/requests (100)

    Model:    POST /v1/chat/completions   POST /v1/messages   POST /v1/embeddings   POST /v1/rerank   GET /v1/models
    Control:  POST /control/script      {"match":"text in the last user message or model name","behaviour":{"kind":"answer"}}
              kinds:  answer delay slow_first_token rate_limit server_error hang cut garbage empty gated
              fields: tokens text delay_ms first_delay_ms status retry_after_s after_tokens times
                      endpoint (embeddings or rerank; else chat) dimensions
              POST /control/wait-held   answers when a "gated" stream has sent its after_tokens
              POST /control/release     lets gated streams go on
              POST /control/reset       forgets all scripts
              GET  /control/requests    what was received
              GET  /control/count       how many requests since the start
    """;

var settings = new Dictionary<string, int>(StringComparer.Ordinal)
{
    ["--port"] = 9191, ["--tokens"] = 32, ["--delay"] = 0, ["--first-delay"] = 0, ["--remember"] = 100,
};

for (var index = 0; index < args.Length; index += 2)
{
    var isKnown = settings.ContainsKey(args[index]) && index + 1 < args.Length;
    if (!isKnown || !int.TryParse(args[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
    {
        await Console.Out.WriteLineAsync(Help);
        return args[index] is "--help" or "-h" ? 0 : 2;
    }
    settings[args[index]] = value;
}

await using var server = await ScriptedModelServer.StartAsync(new ScriptedModelOptions
{
    Port = settings["--port"],
    Tokens = settings["--tokens"],
    Delay = TimeSpan.FromMilliseconds(settings["--delay"]),
    FirstDelay = TimeSpan.FromMilliseconds(settings["--first-delay"]),
    RememberedRequests = settings["--remember"],
});
using var stop = new CancellationTokenSource();
using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGINT, context => { context.Cancel = true; stop.Cancel(); });
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM, context => { context.Cancel = true; stop.Cancel(); });
await Console.Out.WriteLineAsync($"scripted model listening on {server.BaseAddress}".AsMemory(), stop.Token);
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
return 0;
