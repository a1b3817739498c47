using Evenkeel.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models;

public sealed class ModelsOptionsTests
{
    [Fact]
    public void Without_settings_the_built_in_responder_answers()
    {
        using var services = ChatModelHarness.Services(clock: null);
        services.GetRequiredService<IAnswerModels>().PrimaryModel.ShouldBe("evenkeel-extractive");
    }

    [Theory]
    [InlineData("Chat:Provider", "gpt", "Models__Chat__Provider is \"gpt\"; it must be one of: anthropic, extractive, openai.")]
    [InlineData("Chat:Provider", "openai", "Models__Chat__Model is empty; the provider \"openai\" needs the name of a model.")]
    [InlineData("Chat:Provider", "anthropic", "Models__Chat__ApiKey is empty; the vendor's own endpoint of \"anthropic\" needs one (or set Models__Chat__Endpoint).")]
    [InlineData("Chat:Endpoint", "localhost:11434", "Models__Chat__Endpoint must be an absolute http or https address, such as http://localhost:11434/v1.")]
    [InlineData("Chat:Endpoint", "http://me:secret@host/v1", "Models__Chat__Endpoint must not hold a user name or password; use Models__Chat__ApiKey.")]
    [InlineData("Chat:TurnTimeoutSeconds", "0", "Models__Chat__TurnTimeoutSeconds: The field TurnTimeoutSeconds must be between 0.001 and 7200.")]
    [InlineData("Chat:IdleTimeoutSeconds", "0", "Models__Chat__IdleTimeoutSeconds: The field IdleTimeoutSeconds must be between 0.001 and 3600.")]
    public void A_wrong_setting_is_refused_by_name(string key, string value, string message)
    {
        using var services = ChatModelHarness.Services(clock: null, (key, value));
        var failure = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<ModelsOptions>>().Value);
        failure.Failures.ShouldContain(message);
        failure.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("Provider", "extractive", "Models__Chat__Fallbacks__0__Provider is \"extractive\" or missing; name a provider, and let Models__Chat__ExtractiveFallback say whether the built-in responder comes last.")]
    [InlineData("Provider", "gpt", "Models__Chat__Fallbacks__0__Provider is \"gpt\"; it must be one of: anthropic, extractive, openai.")]
    [InlineData("Model", "", "Models__Chat__Fallbacks__0__Model is empty; the provider \"openai\" needs the name of a model.")]
    [InlineData("Endpoint", "http://me:secret@host/v1", "Models__Chat__Fallbacks__0__Endpoint must not hold a user name or password; use Models__Chat__Fallbacks__0__ApiKey.")]
    [InlineData("TotalTimeoutSeconds", "0", "Models__Chat__Fallbacks__0__TotalTimeoutSeconds: The field TotalTimeoutSeconds must be between 0.001 and 3600.")]
    public void A_wrong_fallback_is_refused_by_name(string key, string value, string message)
    {
        var settings = new Dictionary<string, string>
        {
            ["Chat:Provider"] = "openai", ["Chat:Endpoint"] = "http://localhost/v1", ["Chat:Model"] = "main",
            ["Chat:Fallbacks:0:Provider"] = "openai", ["Chat:Fallbacks:0:Endpoint"] = "http://localhost/v1", ["Chat:Fallbacks:0:Model"] = "second",
            [$"Chat:Fallbacks:0:{key}"] = value,
        };
        using var services = ChatModelHarness.Services(clock: null, [.. settings.Select(setting => (setting.Key, setting.Value))]);

        var failure = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<ModelsOptions>>().Value);

        failure.Failures.ShouldContain(message);
        failure.Message.ShouldNotContain("secret");
    }

    [Fact]
    public void A_fallback_without_a_first_model_is_refused()
    {
        using var services = ChatModelHarness.Services(clock: null, ("Chat:Fallbacks:0:Provider", "openai"));

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<ModelsOptions>>().Value)
            .Message.ShouldContain("the model asked first belongs there");
    }
}
