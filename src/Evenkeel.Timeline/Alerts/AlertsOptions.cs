using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Timeline.Alerts;

/// <summary>Settings under <c>Alerts</c>.</summary>
public sealed class AlertsOptions
{
    /// <summary>Whether rules are judged.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A YAML file of further rules; empty = none. It is read again when it changes.</summary>
    public string RulesFile { get; set; } = "";

    /// <summary>Seconds a first message waits for what else changes, so that trouble that shows in several rules makes one message.</summary>
    [Range(0, 600)]
    public int GroupWaitSeconds { get; set; } = 30;

    /// <summary>Hours after which receivers are told again of what still fires; often enough to be remembered, seldom enough to be read.</summary>
    [Range(1, 168)]
    public int RepeatHours { get; set; } = 4;

    /// <summary>Tries of a message before it is given up. Waits double from 30 seconds to an hour: ten tries are about four hours.</summary>
    [Range(1, 50)]
    public int MostTries { get; set; } = 10;

    /// <summary>Seconds a receiver has to answer.</summary>
    [Range(1, 60)]
    public int SendSeconds { get; set; } = 10;

    /// <summary>Days for which changes, messages and ended silences are kept.</summary>
    [Range(1, 4_000)]
    public int HistoryDays { get; set; } = 90;

    /// <summary>How e-mail is sent; receivers of the kind <c>email</c> need it.</summary>
    public SmtpOptions Smtp { get; set; } = new();
}

/// <summary>Settings under <c>Alerts:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>Empty = no e-mail.</summary>
    public string Host { get; set; } = "";

    /// <summary>587 for submission, 465 with TLS from the beginning, 25 for a relay.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected.</summary>
    [EnumDataType(typeof(SmtpSecurity))]
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Empty = none is asked for.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Of that user.</summary>
    public string Password { get; set; } = "";

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "";
}

/// <summary>How a connection to a mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS after the greeting; without it nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the beginning.</summary>
    Tls,

    /// <summary>None: a relay on the same machine only.</summary>
    None,
}
