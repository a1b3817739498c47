namespace Evenkeel.Timeline.Webhooks;

/// <summary>Tells the sender of this process that there is something to look for.</summary>
internal sealed class WebhookSignal
{
    private Action _wake = static () => { };

    /// <summary>A webhook was made, switched on, or has to repeat something.</summary>
    public void Notice() => _wake();

    /// <summary>Whom to wake.</summary>
    public void OnNotice(Action wake) => _wake = wake;
}
