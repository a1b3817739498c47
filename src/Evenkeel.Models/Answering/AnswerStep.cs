using Evenkeel.Models.Endpoints;

namespace Evenkeel.Models.Answering;

/// <summary>One endpoint and what it is asked.</summary>
internal sealed class AnswerStep(ModelEndpoint endpoint, ChatModelRequest request)
{
    private bool _isWithoutTools = !endpoint.Tools.IsOn;
    private bool _hasRefusedTools;

    public ModelEndpoint Endpoint { get; } = endpoint;

    public string Model { get; } = endpoint.Chat.NameFor(request);

    /// <summary>The request as this endpoint understands it.</summary>
    public ChatModelRequest Asked => request.Tools.Count > 0 && _isWithoutTools ? request.WithoutTools() : request;

    public bool IsLastResort { get; init; }

    /// <summary>Nobody else can answer.</summary>
    public bool IsLast { get; init; }

    /// <summary>Whether another model, not the built-in responder, can go on at once.</summary>
    public bool IsFollowedByModel { get; init; }

    /// <summary>Whether the failure may be a refusal of tools; then the endpoint is asked without them, at once.</summary>
    public bool GoesOnWithoutTools(ModelException failure)
    {
        if (_isWithoutTools || request.Tools.Count == 0 || !Endpoint.Tools.MayBeRefusal(failure))
            return false;
        (_isWithoutTools, _hasRefusedTools) = (true, true);
        return true;
    }

    /// <summary>It answered: if without the tools it had refused, it does not understand them.</summary>
    public void NoteAnswer()
    {
        if (_hasRefusedTools)
            Endpoint.Tools.TurnOff();
    }
}
