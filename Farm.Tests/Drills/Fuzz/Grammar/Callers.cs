namespace Farm.Tests.Drills.Fuzz.Grammar;

/// <summary>Callers that several protocols know.</summary>
internal static class Callers
{
    /// <summary>With the administrator's token.</summary>
    public const string Administrator = "administrator";

    /// <summary>A person who signed in on the pages or through task_tracker.</summary>
    public const string Person = "person";

    /// <summary>The same person's token in flowServ.</summary>
    public const string FlowServ = "flowserv person";

    /// <summary>A worker of Flamenco.</summary>
    public const string FlamencoWorker = "flamenco worker";

    /// <summary>A worker of task_tracker.</summary>
    public const string TrackerWorker = "task_tracker worker";
}
