using System.Collections.Concurrent;

namespace Farm.Tests.Drills.Load;

/// <summary>
/// Everything that managers acknowledged. Tasks and workers are named as their protocol names them: <c>uuid:</c>, <c>id:</c> or <c>name:</c>.
/// </summary>
internal sealed class Ledger(int enough)
{
    private bool _isClosed;
    private int _unknown;
    private int _submitted;

    /// <summary>Acknowledged jobs and the number of their tasks.</summary>
    public ConcurrentBag<(string Job, int Tasks)> Jobs { get; } = [];

    /// <summary>Acknowledged tasks of jobs that stay open.</summary>
    public ConcurrentBag<string> Tasks { get; } = [];

    /// <summary>Hand-outs that reached a worker.</summary>
    public ConcurrentBag<(string Task, string Worker)> HandOuts { get; } = [];

    /// <summary>Acknowledged completions.</summary>
    public ConcurrentBag<(string Task, string Worker)> Completions { get; } = [];

    /// <summary>Acknowledged lines of the logs of tasks. A worker repeats one whose answer was lost, so a log may have it twice.</summary>
    public ConcurrentBag<(string Task, string Line)> Lines { get; } = [];

    /// <summary>Lines that came with an acknowledged completion, which the log has once.</summary>
    public ConcurrentBag<(string Task, string Line)> LastLines { get; } = [];

    /// <summary>Acknowledged files of completed tasks.</summary>
    public ConcurrentBag<(string Task, string Path, string Sha256)> Files { get; } = [];

    /// <summary>Attempts of which a worker of the Flamenco protocol knows.</summary>
    public ConcurrentBag<string> Attempts { get; } = [];

    /// <summary>Completions that were refused.</summary>
    public ConcurrentBag<(string Task, string Worker)> RefusedCompletions { get; } = [];

    /// <summary>Names of jobs and tasks whose submission was refused.</summary>
    public ConcurrentBag<string> RefusedNames { get; } = [];

    /// <summary>Answers with a status of 500 or more.</summary>
    public ConcurrentBag<string> ServerErrors { get; } = [];

    /// <summary>Answers that no manager may ever give.</summary>
    public ConcurrentBag<string> Absurd { get; } = [];

    /// <summary>Whether nothing more is submitted.</summary>
    public bool IsClosed
    {
        get => Volatile.Read(ref _isClosed);
        set => Volatile.Write(ref _isClosed, value);
    }

    /// <summary>Number of requests without an answer, or with 503.</summary>
    public int Unknown => _unknown;

    /// <summary>Number of completions that were refused.</summary>
    public int Refused => RefusedCompletions.Count;

    /// <summary>Whether more is to be submitted.</summary>
    public bool Wants => !IsClosed && _submitted - Completions.Count < enough;

    /// <summary>Notes a job.</summary>
    public void AddJob(string job, int tasks)
    {
        Jobs.Add((job, tasks));
        Interlocked.Add(ref _submitted, tasks);
    }

    /// <summary>Notes a task of a job that stays open.</summary>
    public void AddTask(string task)
    {
        Tasks.Add(task);
        Interlocked.Increment(ref _submitted);
    }

    /// <summary>Notes tasks that may have been submitted.</summary>
    public void AddMaybe(int tasks) => Interlocked.Add(ref _submitted, tasks);

    /// <summary>Corrects what was counted of submissions whose answers were lost.</summary>
    /// <param name="open">How many tasks there are that are not completed.</param>
    public void Recount(int open) => Interlocked.Exchange(ref _submitted, open + Completions.Count);

    /// <summary>Counts a request whose effect is unknown.</summary>
    public void CountUnknown() => Interlocked.Increment(ref _unknown);

    /// <summary>Notes a completion that was refused.</summary>
    public void Refuse(string task, string worker) => RefusedCompletions.Add((task, worker));

    /// <summary>Notes what was not made, because its submission was refused.</summary>
    public void AddRefused(IEnumerable<string> names)
    {
        foreach (var name in names) RefusedNames.Add(name);
    }

    /// <summary>What is noted now. What is acknowledged at this moment may be missing.</summary>
    public Ledger Snapshot()
    {
        var copy = new Ledger(enough);
        Copy(Jobs, copy.Jobs);
        Copy(Tasks, copy.Tasks);
        Copy(Completions, copy.Completions);
        Copy(RefusedCompletions, copy.RefusedCompletions);
        // A worker notes the hand-out before it reports its end, so this comes after the ends.
        Copy(HandOuts, copy.HandOuts);
        Copy(Lines, copy.Lines);
        Copy(LastLines, copy.LastLines);
        Copy(Files, copy.Files);
        Copy(RefusedNames, copy.RefusedNames);
        Copy(Absurd, copy.Absurd);
        return copy;
    }

    private static void Copy<T>(ConcurrentBag<T> from, ConcurrentBag<T> to)
    {
        foreach (var item in from) to.Add(item);
    }

    /// <summary>Notes an answer that no manager may give.</summary>
    public void AddAbsurd(Request request, Answer answer) => Absurd.Add($"{request.Method} {request.Path}: {answer.Status} {answer.Text}");
}
