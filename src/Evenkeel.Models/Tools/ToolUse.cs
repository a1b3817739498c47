using Microsoft.Extensions.Logging;

namespace Evenkeel.Models.Tools;

/// <summary>Whether an endpoint is offered tools. One that refuses them, and answers without, is offered none for the rest of this process.</summary>
internal sealed partial class ToolUse(string setting, bool isRemote, string endpoint, ILogger logger)
{
    private readonly bool _mayTurnOff = setting == ToolSetting.Auto;
    private int _isOff = isRemote && setting != ToolSetting.Off ? 0 : 1;

    public bool IsOn => Volatile.Read(ref _isOff) == 0;

    /// <summary>
    /// Whether a failure may mean that tools are not understood: then the same is asked without. Servers say it with these statuses, and other things
    /// too: only an answer to the second request shows what it was.
    /// </summary>
    public bool MayBeRefusal(ModelException failure) =>
        _mayTurnOff && failure is { Kind: ModelFailureKind.Rejected, EmittedAnything: false, HttpStatus: 400 or 404 or 422 };

    /// <summary>The endpoint answered without tools what it had refused with them.</summary>
    public void TurnOff()
    {
        if (Interlocked.Exchange(ref _isOff, 1) == 0)
            Log.Refused(logger, endpoint);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "model_refuses_tools",
            Message = "The model endpoint {Endpoint} refuses tools and is asked without them from now on; Models__Chat__Tools=off says so from the start")]
        public static partial void Refused(ILogger logger, string endpoint);
    }
}
