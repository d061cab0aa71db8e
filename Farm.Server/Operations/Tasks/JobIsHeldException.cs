using Farm.Server.Domain;

namespace Farm.Server.Operations.Tasks;

/// <summary>The command is not possible for tasks of a held job. A separate type, so that protocols can use their own message.</summary>
/// <param name="job">The name of the job.</param>
internal sealed class JobIsHeldException(string job) : FarmException(ErrorKind.Conflict, $"job \"{job}\" is held; resume it first");
