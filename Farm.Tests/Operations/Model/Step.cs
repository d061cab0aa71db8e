using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Operations.Model;

/// <summary>The next action on the farm.</summary>
internal enum FarmAction
{
    Schedule,
    ScheduleTogether,
    Report,
    ReportTogether,
    SendFile,
    Replay,
    MayIRun,
    SignOn,
    SignOff,
    ChangeState,
    RequestStatus,
    RemoveWorker,
    SubmitJob,
    AddTasks,
    PushEntries,
    FetchBatches,
    ReportBatch,
    ReleaseBatches,
    SetJobStatus,
    ApplyJobVerb,
    SetTaskStatus,
    CommandTasks,
    SetPriority,
    DeleteJob,
    PassTime,
    DrainOneSlice,
    Drain,
    SubmitRecipe,
    TakeRecipe,
    ReleaseRecipe,
}

/// <summary>An action with three numbers, from which the run picks an existing worker, task, status and so on.</summary>
internal readonly record struct Step(FarmAction FarmAction, int A, int B, int C)
{
    private static readonly (int Weight, FarmAction FarmAction)[] Weights =
    [
        (24, FarmAction.Schedule), (10, FarmAction.ScheduleTogether), (30, FarmAction.Report), (12, FarmAction.ReportTogether), (10, FarmAction.Replay), (12, FarmAction.SendFile), (4, FarmAction.MayIRun), (3, FarmAction.SignOn), (2, FarmAction.SignOff),
        (3, FarmAction.ChangeState), (2, FarmAction.RequestStatus), (1, FarmAction.RemoveWorker), (4, FarmAction.SubmitJob), (4, FarmAction.AddTasks),
        (3, FarmAction.PushEntries), (12, FarmAction.FetchBatches), (12, FarmAction.ReportBatch), (3, FarmAction.ReleaseBatches), (5, FarmAction.SetJobStatus), (4, FarmAction.ApplyJobVerb), (5, FarmAction.SetTaskStatus),
        (6, FarmAction.CommandTasks), (2, FarmAction.SetPriority), (1, FarmAction.DeleteJob), (3, FarmAction.PassTime), (6, FarmAction.DrainOneSlice), (1, FarmAction.Drain),
        (8, FarmAction.SubmitRecipe), (10, FarmAction.TakeRecipe), (12, FarmAction.ReleaseRecipe),
    ];

    /// <summary>Runs of up to 120 steps, which shrink to fewer.</summary>
    public static Arbitrary<Step[]> Runs { get; } = Arb.From(One().ArrayOf(120), Removals);

    private static Gen<Step> One() =>
        from action in Gen.Frequency(Weights.Select(entry => (entry.Weight, Gen.Constant(entry.FarmAction))))
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        from c in Gen.Choose(0, 999)
        select new Step(action, a, b, c);

    private static IEnumerable<Step[]> Removals(Step[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var from = 0; from + size <= steps.Length; from += size)
                yield return [.. steps[..from], .. steps[(from + size)..]];
        }
    }
}
