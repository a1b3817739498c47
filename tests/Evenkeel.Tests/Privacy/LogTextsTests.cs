using System.Reflection;
using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Privacy;

/// <summary>A text in a log line that redaction withholds says nothing to the operator it was written for.</summary>
public sealed class LogTextsTests
{
    // Not a code, and nothing personal: it passes only where the field's name is known.
    private const string Words = "The operator's own words";

    /// <summary>Codes such as <c>token_expired</c>, which pass wherever they stand, and paths, of which the API's own words pass.</summary>
    private static readonly string[] PassInParts = ["ConnectionLog.Closed: reason", "UnhandledErrors.DatabaseAway: path", "UnhandledErrors.Unhandled: path"];

    [Fact]
    public void Every_text_of_a_log_line_stands_where_it_may_be_read()
    {
        var withheld = Methods().SelectMany(method => method.GetParameters().Where(parameter => parameter.ParameterType == typeof(string))
            .Where(parameter => Redaction.Text(parameter.Name!, Words) != Words)
            .Select(parameter => $"{method.DeclaringType!.DeclaringType!.Name}.{method.Name}: {parameter.Name}"));

        withheld.Except(PassInParts, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static IEnumerable<MethodInfo> Methods() => Directory.EnumerateFiles(AppContext.BaseDirectory, "*venkeel*.dll")
        .Where(file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal))
        .Select(Assembly.LoadFrom)
        .SelectMany(assembly => assembly.GetTypes())
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is not null);
}
