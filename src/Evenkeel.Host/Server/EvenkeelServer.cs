using Evenkeel.Contracts;
using Evenkeel.Host.Server.Telemetry;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Platform.Privacy;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Evenkeel.Host.Server;

/// <summary>Composes the server: the same for the command line and for tests.</summary>
internal static class EvenkeelServer
{
    // Multipart uploads are limited by their own endpoints; nothing else needs more than this.
    private const long LargestBodyBytes = 4 * 1024 * 1024;

    /// <summary>Settings from <c>appsettings.json</c>, the environment, then <paramref name="settings"/> (which win).</summary>
    public static WebApplicationBuilder CreateBuilder(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings);
        ServerLogs.Configure(builder.Logging, builder.Configuration);
        return builder;
    }

    /// <summary>Builds the server on a database that is ready.</summary>
    /// <param name="builder">From <see cref="CreateBuilder"/>.</param>
    /// <param name="connection">How to reach the database.</param>
    /// <param name="customize">Replaces services after all are registered.</param>
    public static WebApplication Build(WebApplicationBuilder builder, DatabaseConnection connection, Action<IServiceCollection>? customize = null)
    {
        var options = Options(builder.Configuration);
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBodyBytes;
        });
        AddServices(builder.Services, builder.Configuration, connection, options);
        customize?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseTrailingSlashes();
        var ids = app.Services.GetRequiredService<IdSource>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Evenkeel.Requests");
        app.Use((context, next) => CorrelationId.RunAsync(context, next, ids, logger));
        app.UseExceptionHandler();
        app.UseEnvelopesForBareStatuses();
        if (options.IsWeb)
        {
            app.UseResponseCompression();
            app.UseWebPages(options.WebDirectory);
        }

        app.UseRouting();
        app.MapHealth();
        app.MapMetrics();
        if (options.IsWeb)
        {
            app.MapApiDescription();
            app.MapModules();
        }

        return app;
    }

    /// <summary>The server's own settings, validated.</summary>
    /// <exception cref="SettingsException">A setting has a value it must not have.</exception>
    public static ServerOptions Options(IConfiguration configuration)
    {
        var options = configuration.Get<ServerOptions>() ?? new ServerOptions();
        SettingsException.ThrowIfInvalid(options);
        foreach (var url in options.Urls.Split(';').Where(url => !IsAddress(url)))
        {
            throw new SettingsException($"Urls (--urls) has to name where to listen, such as http://127.0.0.1:8080; '{url}' does not.");
        }

        if (!options.IsWeb && string.IsNullOrWhiteSpace(configuration.GetConnectionString("Evenkeel")))
        {
            throw new SettingsException(
                "A worker of its own needs the external PostgreSQL that the web nodes use: set ConnectionStrings__Evenkeel. The embedded database belongs to one process, which then has both roles.");
        }

        SettingsException.ThrowIfInvalid(configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions());
        return options;
    }

    // Kestrel would refuse it too, but only after the database has been started.
    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url).Port is >= 0 and <= ushort.MaxValue;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void AddServices(IServiceCollection services, IConfiguration configuration, DatabaseConnection connection, ServerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdSource>();
        var slow = TimeSpan.FromMilliseconds((configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions()).SlowStatementMilliseconds);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<WatchStatements>(provider, slow));
        services.AddSingleton(provider => new Database(connection, provider.GetRequiredService<WatchStatements>()));
        services.AddHostedService<WatchConnections>();
        services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        services.AddExceptionHandler<UnhandledErrors>();
        services.AddProblemDetails();
        services.AddApiDescription();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.AddHealth();
        services.AddMetricsPage();
        services.AddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new RedactingLoggerFactory(provider.GetRequiredService<LoggerFactory>())));
        services.AddHostedService<RedactSpans>();
        services.AddTelemetryExport(configuration);
        services.AddModules(configuration, options);
    }
}
