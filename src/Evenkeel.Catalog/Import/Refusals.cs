using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;

namespace Evenkeel.Catalog.Import;

/// <summary>Why a file is refused as a whole, before anything is written.</summary>
internal static class Refusals
{
    public static Error Empty { get; } = Error.Invalid(new FieldProblem("file", "There is nothing in the file.", "文件是空的。"));

    public static Error TooSlow { get; } = Unreadable("Reading the file took too long and was ended.", "读取文件耗时过长，已中止。");

    public static Error NotText { get; } = Unreadable("The text is in an encoding that could not be recognised. Save it as UTF-8.", "无法识别文本编码。请另存为 UTF-8。");

    public static Error TooLarge(long megabytes) => Error.Invalid(new FieldProblem(
        "file", $"The file may have up to {megabytes} MiB.", $"文件最大 {megabytes} MiB。")) with { Status = StatusCodes.Status413PayloadTooLarge };

    public static Error TooManyRows(int most) => Error.Invalid(new FieldProblem(
        "file", $"The file may have up to {most:N0} rows. Split it.", $"文件最多 {most:N0} 行。请拆分。")) with { Status = StatusCodes.Status413PayloadTooLarge };

    /// <param name="line">Where it is broken, from 1.</param>
    public static Error NotJson(long line) => Unreadable($"Line {line:N0}: this is not valid JSON of the expected shape.", $"第 {line:N0} 行：不是符合要求的有效 JSON。");

    public static Error NotACalendar(int line) => Unreadable($"Line {line:N0}: this is not a valid calendar.", $"第 {line:N0} 行：不是有效的日历。");

    /// <summary>Well-formed as a request, but not to be read.</summary>
    public static Error Unreadable(string english, string chinese) =>
        Error.Invalid(new FieldProblem("file", english, chinese)) with { Status = StatusCodes.Status422UnprocessableEntity };
}
