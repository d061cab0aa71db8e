namespace Farm.Server.JobTypes;

/// <summary>A type of jobs whose commands are handed to workers as they are: what looks like a variable of the farm in them is not one.</summary>
/// <param name="JobType">The name of the type.</param>
internal sealed record LiteralCommands(string JobType);
