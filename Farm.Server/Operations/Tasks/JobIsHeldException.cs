using Farm.Server.Domain;

namespace Farm.Server.Operations.Tasks;

/// <summary>A command makes no sense for tasks of a job that is held; a protocol may have words of its own for it.</summary>
/// <param name="job">The name of the job.</param>
internal sealed class JobIsHeldException(string job) : FarmException(ErrorKind.Conflict, $"job \"{job}\" is held; resume it first");
