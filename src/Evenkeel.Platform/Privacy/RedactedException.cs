using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Platform.Privacy;

/// <summary>
/// What loggers are given in place of an exception. Messages repeat what was sent: providers echo the prompt, PostgreSQL the value of a row, a parser the
/// text it stumbled over. So types, codes and stacks stay, and words only where this program wrote them for its operator.
/// </summary>
internal sealed class RedactedException : Exception
{
    private const int MostInner = 6;

    private readonly string _text;

    private RedactedException(string message, string text)
        : base(message) => _text = text;

    public static RedactedException Of(Exception exception) => new(Describe(exception), Write(exception));

    /// <summary>One line: the type and what may be said.</summary>
    public static string Describe(Exception exception)
    {
        try
        {
            var words = Words(exception);
            return words.Length == 0 ? exception.GetType().Name : $"{exception.GetType().Name}: {words}";
        }
        catch (Exception)
        {
            return Redaction.Fail();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static string Words(Exception exception) => exception switch
    {
        // Never the message: it quotes values. Names of tables and constraints are the migrations'.
        PostgresException refusal => string.Join(' ', new[] { refusal.SqlState, refusal.TableName, refusal.ConstraintName, refusal.Routine }.Where(part => !string.IsNullOrEmpty(part))),
        HttpRequestException request => $"{request.HttpRequestError} {(int?)request.StatusCode}".Trim(),
        JsonException json => $"line {json.LineNumber}, byte {json.BytePositionInLine}",
        SocketException socket => socket.SocketErrorCode.ToString(),
        OptionsValidationException settings => PersonalPatterns.Mask(string.Join(' ', settings.Failures)),
        MigrationException or EmbeddedPostgresException or ValidationException => PersonalPatterns.Mask(exception.Message),
        // The driver's and the system's own words: addresses, files, "connection reset".
        NpgsqlException or IOException or TimeoutException or OperationCanceledException or UnauthorizedAccessException or ObjectDisposedException => PersonalPatterns.Mask(exception.Message),
        _ => "",
    };

    private static string Write(Exception exception)
    {
        try
        {
            var text = new StringBuilder();
            Append(text, exception, 0);
            return text.ToString();
        }
        catch (Exception)
        {
            return Redaction.Fail();
        }
    }

    private static void Append(StringBuilder text, Exception exception, int depth)
    {
        text.Append(Describe(exception));
        if (exception.StackTrace is { Length: > 0 } stack)
        {
            text.AppendLine().Append(stack);
        }

        var inner = exception is AggregateException many ? many.InnerExceptions : exception.InnerException is { } one ? [one] : (IReadOnlyList<Exception>)[];
        foreach (var cause in inner.Take(depth < MostInner ? MostInner : 0))
        {
            text.AppendLine().Append("---> ");
            Append(text, cause, depth + 1);
        }
    }
}
