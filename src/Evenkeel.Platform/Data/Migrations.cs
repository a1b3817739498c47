using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Evenkeel.Platform.Data;

/// <summary>A numbered SQL file of a module.</summary>
/// <param name="Module">Name of the owning module, such as <c>Chat</c>.</param>
/// <param name="FileName">Such as <c>0001_turns.sql</c>.</param>
/// <param name="Text">The SQL.</param>
public sealed record Migration(string Module, string FileName, string Text)
{
    /// <summary>SHA-256 of the text with line ends normalised, in hexadecimal: what was applied must never change.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));

    /// <summary>How operators see it named.</summary>
    public string Name => $"{Module}/{FileName}";
}

/// <summary>Finds the migrations embedded in module assemblies.</summary>
public static partial class MigrationFiles
{
    /// <summary>All migrations, modules in the order given, files of a module by number.</summary>
    public static IReadOnlyList<Migration> In(params IEnumerable<Assembly> modules) => [.. modules.SelectMany(Of)];

    private static IEnumerable<Migration> Of(Assembly assembly)
    {
        var module = assembly.GetName().Name!.Split('.')[^1];
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => ResourceName.IsMatch(name)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            yield return new Migration(module, ResourceName.Match(resource).Groups["file"].Value, reader.ReadToEnd());
        }
    }

    [GeneratedRegex(@"\.Migrations\.(?<file>\d{4}_[a-z0-9_]+\.sql)$", RegexOptions.ExplicitCapture)]
    private static partial Regex ResourceName { get; }
}
