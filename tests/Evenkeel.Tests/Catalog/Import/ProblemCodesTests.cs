using Evenkeel.Catalog.Import;
using Evenkeel.Tests.Architecture;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog.Import;

/// <summary>Codes are what clients rely on: each is in the contract, and has a text in both languages.</summary>
public sealed class ProblemCodesTests
{
    [Fact]
    public void Every_code_is_in_the_contract_and_says_something_in_both_languages()
    {
        var contract = File.ReadAllText(Path.Combine(Repository.Root, "docs", "contract.md"));
        foreach (var code in ImportTexts.All)
        {
            contract.ShouldContain($"`{code}`");
            ImportTexts.Of(code, "7", "zh-CN").ShouldNotBe(ImportTexts.Of(code, "7", "en"), code);
            ImportTexts.Of(code, "7", "en").ShouldNotContain("{0}");
        }
    }
}
