namespace Evenkeel.Models;

/// <summary>A kind of model. A new one is one file with this beside the model, and one registration in AddModels.</summary>
internal interface IChatModelProvider
{
    /// <summary>The value of Models__Chat__Provider.</summary>
    string Name { get; }

    /// <summary>Whether it needs a model name and credentials.</summary>
    bool IsRemote { get; }

    IChatModel Create(ModelEndpointOptions options);

    /// <summary>What a vendor's own exception in mid-stream means; null leaves it to the general rules.</summary>
    ModelFailureKind? Classify(Exception exception) => null;
}
