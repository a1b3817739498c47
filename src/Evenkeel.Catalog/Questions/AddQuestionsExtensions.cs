using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Catalog.Questions;

internal static class AddQuestionsExtensions
{
    public static void AddQuestions(this IServiceCollection services) => services.AddSingleton<IQuestionReading, QuestionReading>();
}
