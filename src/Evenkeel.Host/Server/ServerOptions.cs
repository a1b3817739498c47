using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Host.Server;

/// <summary>Settings of the server itself.</summary>
internal sealed class ServerOptions
{
    /// <summary>Where to listen. Only this machine by default: put a reverse proxy in front for others.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>What this process does: <c>web</c>, <c>worker</c> or both.</summary>
    [RegularExpression("^(web|worker)(,(web|worker))?$", ErrorMessage = "Roles must be web, worker or web,worker.")]
    public string Roles { get; set; } = "web,worker";

    /// <summary>Folder of the built web application; empty = found beside the program or in the source tree.</summary>
    public string WebDirectory { get; set; } = "";

    /// <summary>Whether this process answers clients.</summary>
    public bool IsWeb => Roles.Contains("web", StringComparison.Ordinal);

    /// <summary>Whether this process runs turns.</summary>
    public bool IsWorker => Roles.Contains("worker", StringComparison.Ordinal);
}

/// <summary>Settings under <c>Database</c>.</summary>
internal sealed class DatabaseOptions
{
    /// <summary>Whether a transaction-mode pooler stands before an external PostgreSQL: <c>auto</c> finds out, <c>on</c> and <c>off</c> override.</summary>
    [RegularExpression("^(auto|on|off)$", ErrorMessage = "Database:PgBouncer must be auto, on or off.")]
    public string PgBouncer { get; set; } = "auto";

    /// <summary>
    /// Whether a start brings an external database to the newest state; <c>false</c> where the application's login may not, and
    /// <c>evenkeel migrate</c> runs with the owner's.
    /// </summary>
    public bool Migrate { get; set; } = true;

    /// <summary>Milliseconds after which a statement is logged as slow: by fingerprint, without its parameters. A person notices a tenth of a second.</summary>
    [Range(1, 600_000)]
    public int SlowStatementMilliseconds { get; set; } = 100;

    /// <summary>Folder of the embedded PostgreSQL's binaries; empty = found beside the program or in the source tree.</summary>
    public string EmbeddedBinaries { get; set; } = "";
}
