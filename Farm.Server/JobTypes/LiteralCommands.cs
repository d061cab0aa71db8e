namespace Farm.Server.JobTypes;

/// <summary>A job type whose commands are sent to workers without expanding variables.</summary>
/// <param name="JobType">The name of the type.</param>
internal sealed record LiteralCommands(string JobType);
