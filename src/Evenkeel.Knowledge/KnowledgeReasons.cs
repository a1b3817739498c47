using Evenkeel.Contracts.Knowledge;

namespace Evenkeel.Knowledge;

/// <summary>Why a document or a fetch failed: stable codes, and what each means in both languages.</summary>
public static class KnowledgeReasons
{
    public const string Empty = "empty";
    public const string Corrupt = "corrupt";
    public const string Encrypted = "encrypted";
    public const string TooLarge = "too_large";
    public const string Expands = "expands";
    public const string TimeLimit = "time_limit";
    public const string MemoryLimit = "memory_limit";
    public const string WrongType = "wrong_type";
    public const string UnsupportedType = "unsupported_type";
    public const string NotText = "not_text";
    public const string NoText = "no_text";
    public const string TooManyPassages = "too_many_passages";
    public const string ForbiddenAddress = "forbidden_address";
    public const string Robots = "disallowed_by_robots";
    public const string Unreachable = "unreachable";
    public const string HttpError = "http_error";
    public const string PageGone = "page_gone";
    public const string TooManyRedirects = "too_many_redirects";
    public const string InsecureRedirect = "insecure_redirect";
    public const string NoPages = "no_pages";
    public const string EmbeddingsUnavailable = "embeddings_unavailable";
    public const string WorkerLost = "worker_lost";
    public const string Internal = "server_error";

    private static readonly Dictionary<string, (string English, string Chinese)> Texts = new(StringComparer.Ordinal)
    {
        [Empty] = ("There is nothing in the file.", "文件是空的。"),
        [Corrupt] = ("The file is damaged and cannot be read. Open it in its program, save it again and upload that.", "文件已损坏，无法读取。请在相应程序中打开并重新保存后再上传。"),
        [Encrypted] = ("The file is protected by a password. Upload a copy without one.", "文件有密码保护。请上传未加密的副本。"),
        [TooLarge] = ("The file is larger than this server accepts. Split it, or leave out its pictures.", "文件超过本服务器允许的大小。请拆分文件或去掉图片。"),
        [Expands] = ("The file expands to far more than its size, as archives made to do harm do. It was not read.", "文件解压后远大于其本身，类似恶意压缩包，因此未被读取。"),
        [TimeLimit] = ("Reading the file took too long and was ended. Split it and try again.", "读取文件耗时过长，已中止。请拆分后重试。"),
        [MemoryLimit] = ("Reading the file needed too much memory and was ended. Split it and try again.", "读取文件占用内存过多，已中止。请拆分后重试。"),
        [WrongType] = ("What is in the file is not what its name says. Give it the right extension.", "文件内容与扩展名不符。请使用正确的扩展名。"),
        [UnsupportedType] = ("Files of this type cannot be read. PDF, DOCX, PPTX, XLSX, HTML, Markdown, text and CSV can.", "不支持这种文件。支持 PDF、DOCX、PPTX、XLSX、HTML、Markdown、纯文本和 CSV。"),
        [NotText] = ("The text is in an encoding that could not be recognised. Save it as UTF-8.", "无法识别文本编码。请另存为 UTF-8。"),
        [NoText] = ("There is no text in it. A scanned document needs text recognition (OCR) first.", "其中没有文字。扫描件需要先做文字识别（OCR）。"),
        [TooManyPassages] = ("The document has more text than one document may have. Split it.", "文档文字过多，超过单个文档的上限。请拆分。"),
        [ForbiddenAddress] = ("The address does not lead to the public internet and is not fetched.", "该地址不在公共互联网上，不会抓取。"),
        [Robots] = ("The site does not allow programs to fetch this page (robots.txt).", "该网站不允许程序抓取此页面（robots.txt）。"),
        [Unreachable] = ("The site could not be reached.", "无法访问该网站。"),
        [HttpError] = ("The site answered with an error.", "该网站返回了错误。"),
        [PageGone] = ("The page does not exist any more.", "该页面已不存在。"),
        [TooManyRedirects] = ("The address leads from one redirect to the next without an end.", "该地址不断重定向，没有终点。"),
        [InsecureRedirect] = ("The address leads from an encrypted connection to one that is not, which is not followed.", "该地址从加密连接跳转到未加密的连接，因此未继续访问。"),
        [NoPages] = ("No page could be fetched from there.", "没有抓取到任何页面。"),
        [EmbeddingsUnavailable] = ("The embedding model did not answer. The document is found by its words; vectors are tried again by themselves.", "向量模型没有响应。文档仍可通过关键词检索，稍后会自动重试。"),
        [WorkerLost] = ("The server was stopped each time while it read the file. Try again, or split the file.", "每次读取该文件时服务器都被中断。请重试或拆分文件。"),
        [Internal] = ("Something went wrong on the server. Try again; if it stays so, its log says more.", "服务器出错。请重试；如果问题依旧，请查看服务器日志。"),
    };

    /// <summary>All codes.</summary>
    public static IEnumerable<string> All => Texts.Keys;

    /// <summary>The reason of a code in a language (<c>en</c> or <c>zh</c>); null for none.</summary>
    public static KnowledgeReason? Of(string? code, string language) =>
        code is null ? null
        : Texts.TryGetValue(code, out var text) ? new KnowledgeReason(code, language == "zh" ? text.Chinese : text.English)
        : new KnowledgeReason(code, code);
}
