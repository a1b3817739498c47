using System.Globalization;
using System.Text;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>Where clients reach the server: a folder with a unix socket, or a loopback port on Windows.</summary>
internal sealed record ClusterEndpoint(string Host, int Port, bool IsTemporaryFolder)
{
    public void Delete()
    {
        if (IsTemporaryFolder && Directory.Exists(Host))
            Directory.Delete(Host, recursive: true);
    }
}

/// <summary>Writes postgresql.conf and pg_hba.conf anew at every start, so that a new release's settings reach old clusters.</summary>
internal static class ClusterConfiguration
{
    public static void Write(ClusterPlace place, ClusterEndpoint endpoint, EmbeddedPostgresOptions options)
    {
        Write("postgresql.conf", Settings(place, endpoint, options));
        Write("pg_hba.conf", (OperatingSystem.IsWindows() ? "host all all 127.0.0.1/32" : "local all all") + " scram-sha-256\n");
        Write("pg_ident.conf", "");

        // Nothing here is secret, and PostgreSQL's account must read it whatever the umask of the server.
        void Write(string name, string text)
        {
            var path = Path.Combine(place.Configuration, name);
            File.WriteAllText(path, text);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    private static string Settings(ClusterPlace place, ClusterEndpoint endpoint, EmbeddedPostgresOptions options)
    {
        var text = new StringBuilder("# Written by Evenkeel at every start. Settings of your own go into local.conf in this folder.\n");
        foreach (var (name, value) in Fixed(place, endpoint, options).Concat(options.Settings))
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''")}'\n");
        return text.Append("include_if_exists = 'local.conf'\n").ToString();
    }

    private static Dictionary<string, string> Fixed(ClusterPlace place, ClusterEndpoint endpoint, EmbeddedPostgresOptions options) => new()
    {
        ["data_directory"] = place.Cluster,
        ["hba_file"] = Path.Combine(place.Configuration, "pg_hba.conf"),
        ["ident_file"] = Path.Combine(place.Configuration, "pg_ident.conf"),
        ["listen_addresses"] = OperatingSystem.IsWindows() ? "127.0.0.1" : "",
        ["unix_socket_directories"] = OperatingSystem.IsWindows() ? "" : endpoint.Host,
        ["unix_socket_permissions"] = "0700",
        ["port"] = endpoint.Port.ToString(CultureInfo.InvariantCulture),
        ["max_connections"] = options.MaxConnections.ToString(CultureInfo.InvariantCulture),
        ["password_encryption"] = "scram-sha-256",
        ["timezone"] = "UTC",
        ["log_timezone"] = "UTC",
        ["lc_messages"] = "C",

        // What is answered must be on disk.
        ["fsync"] = options.IsDurable ? "on" : "off",
        ["full_page_writes"] = options.IsDurable ? "on" : "off",
        ["synchronous_commit"] = "on",

        // A small server: few processes (reads in the caller, no I/O workers), memory by need, no code generation.
        ["shared_buffers"] = options.SharedBuffers,
        ["io_method"] = "sync",
        ["work_mem"] = "4MB",
        ["maintenance_work_mem"] = "64MB",
        ["effective_cache_size"] = "512MB",
        ["random_page_cost"] = "1.1",
        ["jit"] = "off",
        ["autovacuum_max_workers"] = "2",
        ["max_logical_replication_workers"] = "0",

        // Full pages after a checkpoint are most of the log: compress them and take checkpoints seldom.
        ["wal_compression"] = "pglz",
        ["checkpoint_timeout"] = "15min",
        ["max_wal_size"] = "1GB",
        ["min_wal_size"] = "80MB",

        // A week of log files by weekday. Never statements, their parameters or the values of a conflicting row.
        ["logging_collector"] = "on",
        ["log_directory"] = place.Log,
        ["log_filename"] = "postgresql-%a.log",
        ["log_rotation_age"] = "1d",
        ["log_rotation_size"] = "0",
        ["log_truncate_on_rotation"] = "on",
        ["log_statement"] = "none",
        ["log_min_error_statement"] = "panic",
        ["log_error_verbosity"] = "terse",
        ["log_parameter_max_length"] = "0",
        ["log_parameter_max_length_on_error"] = "0",
        ["log_checkpoints"] = "off",
    };
}
