using FsCheck;
using FsCheck.Fluent;

namespace Farm.Tests.Operations.Model;

/// <summary>What somebody does to the farm next.</summary>
internal enum Deed
{
    Schedule,
    Report,
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
    TellOfBatch,
    ReleaseBatches,
    SetJobStatus,
    DoToJob,
    SetTaskStatus,
    CommandTasks,
    SetPriority,
    DeleteJob,
    PassTime,
    WorkOffOneSlice,
    WorkOff,
    SubmitRecipe,
    TakeRecipe,
    ReleaseRecipe,
}

/// <summary>One deed with three numbers, from which the run picks worker, task, status … among those that there are.</summary>
internal readonly record struct Step(Deed Deed, int A, int B, int C)
{
    private static readonly (int Weight, Deed Deed)[] Weights =
    [
        (24, Deed.Schedule), (30, Deed.Report), (10, Deed.Replay), (12, Deed.SendFile), (4, Deed.MayIRun), (3, Deed.SignOn), (2, Deed.SignOff),
        (3, Deed.ChangeState), (2, Deed.RequestStatus), (1, Deed.RemoveWorker), (4, Deed.SubmitJob), (4, Deed.AddTasks),
        (3, Deed.PushEntries), (12, Deed.FetchBatches), (12, Deed.TellOfBatch), (3, Deed.ReleaseBatches), (5, Deed.SetJobStatus), (4, Deed.DoToJob), (5, Deed.SetTaskStatus),
        (6, Deed.CommandTasks), (2, Deed.SetPriority), (1, Deed.DeleteJob), (3, Deed.PassTime), (6, Deed.WorkOffOneSlice), (1, Deed.WorkOff),
        (8, Deed.SubmitRecipe), (10, Deed.TakeRecipe), (12, Deed.ReleaseRecipe),
    ];

    /// <summary>Runs of up to 120 steps; shrinks to fewer.</summary>
    public static Arbitrary<Step[]> Runs { get; } = Arb.From(One().ArrayOf(120), Removals);

    private static Gen<Step> One() =>
        from deed in Gen.Frequency(Weights.Select(entry => (entry.Weight, Gen.Constant(entry.Deed))))
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(0, 999)
        from c in Gen.Choose(0, 999)
        select new Step(deed, a, b, c);

    private static IEnumerable<Step[]> Removals(Step[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var from = 0; from + size <= steps.Length; from += size)
                yield return [.. steps[..from], .. steps[(from + size)..]];
        }
    }
}
