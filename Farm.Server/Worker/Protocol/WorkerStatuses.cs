namespace Farm.Server.Worker.Protocol;

/// <summary>The worker statuses that the worker itself can take on (contract section 2).</summary>
internal static class WorkerStatuses
{
    public const string Awake = "awake";
    public const string Asleep = "asleep";
    public const string Offline = "offline";
    public const string Restart = "restart";

    /// <summary>
    /// What the worker does when it is asked for a status: whatever it does not know sends it to sleep (contract section 3.10).
    /// </summary>
    public static string Obeyed(string requested) => requested is Awake or Offline or Restart ? requested : Asleep;
}
