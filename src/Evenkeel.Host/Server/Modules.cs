using System.Reflection;
using Evenkeel.Accounts;
using Evenkeel.Catalog;
using Evenkeel.Chat;
using Evenkeel.Chatbots;
using Evenkeel.Knowledge;
using Evenkeel.Models;
using Evenkeel.Platform.Data;
using Evenkeel.Realtime;
using Evenkeel.Search;
using Evenkeel.Timeline;

namespace Evenkeel.Host.Server;

/// <summary>The modules, lowest first: the order of registration, of migrations and of organization initializers.</summary>
internal static class Modules
{
    private static readonly Assembly[] WithMigrations =
    [
        typeof(Database).Assembly, typeof(AccountsModule).Assembly, typeof(RealtimeModule).Assembly, typeof(TimelineModule).Assembly,
        typeof(ChatbotsModule).Assembly, typeof(CatalogModule).Assembly, typeof(KnowledgeModule).Assembly, typeof(SearchModule).Assembly, typeof(ChatModule).Assembly,
    ];

    /// <summary>All migrations in the order they are applied.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = MigrationFiles.In(WithMigrations);

    /// <summary>Registers every module.</summary>
    public static void AddModules(this IServiceCollection services, IConfiguration configuration, ServerOptions options)
    {
        services.AddAccounts(configuration);
        services.AddModels(configuration.GetSection("Models"));
        services.AddRealtime(configuration);
        services.AddTimeline(configuration);
        services.AddChatbots(configuration);
        services.AddCatalog(configuration);
        services.AddKnowledge(configuration, runsJobs: options.IsWorker);
        services.AddSearch(configuration);
        services.AddChat(configuration, runsTurns: options.IsWorker);
    }

    /// <summary>Maps every module's endpoints.</summary>
    public static void MapModules(this IEndpointRouteBuilder routes)
    {
        routes.MapAccounts();
        routes.MapRealtime();
        routes.MapTimeline();
        routes.MapChatbots();
        routes.MapCatalog();
        routes.MapKnowledge();
        routes.MapSearch();
        routes.MapChat();
    }
}
