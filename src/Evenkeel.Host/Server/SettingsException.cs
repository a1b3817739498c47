using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Host.Server;

/// <summary>A setting has a value it must not have; the message is for the operator.</summary>
internal sealed class SettingsException(string message) : Exception(message)
{
    /// <summary>Checks the annotations of an options object.</summary>
    public static void ThrowIfInvalid(object options)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
        {
            throw new SettingsException(string.Join(' ', problems.Select(problem => problem.ErrorMessage)));
        }
    }
}
