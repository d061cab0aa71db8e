namespace Farm.Tests.Drills.Load;

/// <summary>How the fake clients behave.</summary>
/// <param name="Clients">Their number.</param>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="Pace">All their pauses are multiplied by this.</param>
/// <param name="Interrupts">Whether some take tasks away from workers.</param>
/// <param name="AssignSeconds">How long a worker of task_tracker may hold a task.</param>
/// <param name="Settle">How long after the last submission a request that was sent long ago may still have an effect.</param>
internal sealed record LoadOptions(int Clients, int Seed, double Pace = 1, bool Interrupts = true, int AssignSeconds = 10, TimeSpan? Settle = null);
