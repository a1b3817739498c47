using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Realtime;

/// <summary>How several processes tell each other what happens; section <c>Fanout</c>.</summary>
public sealed class FanoutOptions : IValidatableObject
{
    /// <summary>Processes tell each other nothing: what others did is found in the database within about a second.</summary>
    public const string Local = "local";

    /// <summary>Live frames travel over RabbitMQ; the database stays the net below.</summary>
    public const string RabbitMqBackend = "rabbitmq";

    /// <summary><c>local</c> or <c>rabbitmq</c>.</summary>
    [RegularExpression($"^({Local}|{RabbitMqBackend})$", ErrorMessage = "Fanout:Backend must be local or rabbitmq.")]
    public string Backend { get; set; } = Local;

    /// <summary>The broker, where the backend is <c>rabbitmq</c>.</summary>
    public RabbitMqOptions RabbitMq { get; set; } = new();

    /// <summary>Whether frames go over the broker.</summary>
    public bool IsRabbitMq => Backend == RabbitMqBackend;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsRabbitMq && (!Uri.TryCreate(RabbitMq.Url, UriKind.Absolute, out var url) || url.Scheme is not ("amqp" or "amqps")))
        {
            yield return new ValidationResult("Fanout:RabbitMq:Url must name the broker, such as amqp://user:password@rabbitmq:5672/evenkeel.");
        }

        if (RabbitMq.Exchange.Length == 0 || RabbitMq.MaxWaiting < 1)
        {
            yield return new ValidationResult("Fanout:RabbitMq:Exchange must not be empty, and Fanout:RabbitMq:MaxWaiting must be at least 1.");
        }
    }
}

/// <summary>Where the broker is; section <c>Fanout:RabbitMq</c>.</summary>
public sealed class RabbitMqOptions
{
    /// <summary><c>amqp://user:password@host:5672/virtual-host</c>; <c>amqps</c> for TLS.</summary>
    public string Url { get; set; } = "";

    /// <summary>First part of the names of exchanges and queues. Installations that share a virtual host need different ones.</summary>
    public string Exchange { get; set; } = "evenkeel";

    /// <summary>
    /// Messages that may wait in this process for the broker; more are dropped. At 25 pieces a second for each running answer these are some
    /// seconds of a full worker: what waits longer is of no use to a reader any more.
    /// </summary>
    public int MaxWaiting { get; set; } = 10_000;
}
