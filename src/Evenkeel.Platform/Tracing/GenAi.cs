namespace Evenkeel.Platform.Tracing;

/// <summary>
/// Names of OpenTelemetry's semantic conventions for generative AI. They are all still in development there: when they change, they change here, in
/// <c>docs/operations.md</c>, and in the test that holds the two together.
/// </summary>
public static class GenAi
{
    /// <summary>A turn: <c>invoke_workflow chat_turn</c>.</summary>
    public const string InvokeWorkflow = "invoke_workflow";

    /// <summary>A model's answer: <c>chat gpt-4o</c>.</summary>
    public const string Chat = "chat";

    /// <summary>Vectors of texts: <c>embeddings bge-m3</c>.</summary>
    public const string Embeddings = "embeddings";

    /// <summary>A search: <c>retrieval documents</c>.</summary>
    public const string Retrieval = "retrieval";

    /// <summary>What a model asked for: <c>execute_tool search_documents</c>.</summary>
    public const string ExecuteTool = "execute_tool";

    /// <summary>The one workflow.</summary>
    public const string ChatTurn = "chat_turn";

    /// <summary>Histogram of calls, in seconds.</summary>
    public const string OperationDuration = "gen_ai.client.operation.duration";

    /// <summary>Histogram of the time to the first piece of an answer, in seconds.</summary>
    public const string TimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";

    /// <summary>Histogram of tokens of a call.</summary>
    public const string TokenUsage = "gen_ai.client.token.usage";

    /// <summary>Histogram of turns, in seconds.</summary>
    public const string WorkflowDuration = "gen_ai.workflow.duration";

    /// <summary>Event of a span: the quality of an answer.</summary>
    public const string EvaluationResult = "gen_ai.evaluation.result";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string WorkflowName = "gen_ai.workflow.name";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string DataSourceId = "gen_ai.data_source.id";
    public const string ToolName = "gen_ai.tool.name";
    public const string TokenType = "gen_ai.token.type";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string EvaluationName = "gen_ai.evaluation.name";
    public const string EvaluationScore = "gen_ai.evaluation.score.value";
    public const string ErrorType = "error.type";
}
