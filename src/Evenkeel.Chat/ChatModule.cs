using Evenkeel.Chat.Agents;
using Evenkeel.Chat.Catalogue;
using Evenkeel.Chat.Delivery;
using Evenkeel.Chat.Feedback;
using Evenkeel.Chat.Guarding;
using Evenkeel.Chat.Operations;
using Evenkeel.Chat.Operations.Bulk;
using Evenkeel.Chat.Quality;
using Evenkeel.Chat.Sending;
using Evenkeel.Chat.Stages;
using Evenkeel.Chat.Threads;
using Evenkeel.Chat.Turns;
using Evenkeel.Platform.Health;
using Evenkeel.Realtime;
using Evenkeel.Timeline;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Chat;

/// <summary>Conversations, messages, and the turns that answer them.</summary>
public static class ChatModule
{
    /// <summary>Adds sending and reading; with <paramref name="runsTurns"/> also the worker.</summary>
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration configuration, bool runsTurns)
    {
        services.AddOptions<ChatOptions>().Bind(configuration.GetSection("Chat")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DebugOptions>().Bind(configuration.GetSection("Debug"));
        services.AddTurnEvents();
        services.AddSingleton<TurnQueueSignal>();
        services.AddSingleton<TurnCosts>();
        services.AddSingleton<IHealthContributor, PausedConversations>();
        services.AddSingleton<IHealthContributor, WorkerHealth>();
        services.AddSingleton<ForceErrors>();
        services.AddSingleton<RunningTurns>();
        services.AddSingleton<SendLimits>();
        services.AddSingleton<StoreOnce>();
        services.AddSingleton<SendMessage>();
        services.AddSingleton<StopTurn>();
        services.AddSingleton<RegenerateAnswer>();
        services.AddSingleton<FeedbackLimits>();
        services.AddSingleton<GiveFeedback>();
        services.AddSingleton<FeedbackOfTurns>();
        services.AddSingleton<ListThreads>();
        services.AddSingleton<ListMessages>();
        services.AddSingleton<ChangeThread>();
        services.AddSingleton<LookAtTurns>();
        services.AddSingleton<IDurableFrames, DurableFrames>();
        services.AddSingleton<ISessionOwners, SessionOwners>();
        services.AddSingleton<IClientCommands, ClientCommands>();
        services.AddSingleton<QueueMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<QueueMonitor>());
        AddOperations(services);
        if (runsTurns)
        {
            AddWorker(services);
        }

        return services;
    }

    /// <summary>Maps the endpoints of chat and threads.</summary>
    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        routes.MapSending();
        routes.MapThreads();
        routes.MapFeedback();
        routes.MapOperations();
    }

    private static void AddOperations(IServiceCollection services)
    {
        services.AddSingleton<IWorkerPing, PingWorkers>();
        services.AddSingleton<ListTurns>();
        services.AddSingleton<ReadQueue>();
        services.AddSingleton<IGaugeSource, QueueGauges>();
        foreach (var metric in QueueGauges.Metrics)
        {
            services.AddSingleton(metric);
        }

        services.AddSingleton<ActOnTurns>();
        services.AddSingleton<StartBulk>();
        services.AddSingleton<RunBulkJobs>();
        services.AddHostedService(provider => provider.GetRequiredService<RunBulkJobs>());
    }

    private static void AddWorker(IServiceCollection services)
    {
        services.AddSingleton<WorkerIdentity>();
        services.AddSingleton<ClaimTurns>();
        services.AddSingleton<ReleaseTurns>();
        services.AddSingleton<StageReporter>();
        services.AddSingleton<TurnMetrics>();
        services.AddSingleton<FinishTurn>();
        services.AddSingleton<RestartTurn>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<PromptTexts>();
        services.AddSingleton<AnswerGuard>();
        services.AddSingleton<RecordEvaluation>();
        services.AddSingleton<EventSearches>();
        services.AddSingleton<ModelSearches>();

        // The stages of a turn, in their order.
        services.AddSingleton<ITurnStage, ModerateInput>();
        services.AddSingleton<ITurnStage, LoadHistory>();
        services.AddSingleton<ITurnStage, UnderstandQuestion>();
        services.AddSingleton<ITurnStage, SearchEvents>();
        services.AddSingleton<ITurnStage, SearchDocuments>();
        services.AddSingleton<ITurnStage, ComposePrompt>();
        services.AddSingleton<ITurnStage, GenerateAnswer>();

        services.AddHostedService<RecoverTurns>();
        services.AddHostedService<RunTurns>();
        services.AddHostedService<TellOfModels>();
    }
}
