namespace Farm.Server.Worker.Protocol;

/// <summary>The statuses of the built-in worker (contract section 2).</summary>
internal static class WorkerStatuses
{
    public const string Awake = "awake";
    public const string Asleep = "asleep";
    public const string Offline = "offline";
    public const string Restart = "restart";

    /// <summary>
    /// The status that the worker takes for a requested one: asleep for unknown statuses (contract section 3.10).
    /// </summary>
    public static string StatusFor(string requested) => requested is Awake or Offline or Restart ? requested : Asleep;
}
