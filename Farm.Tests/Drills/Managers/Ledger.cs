using System.Collections.Concurrent;

namespace Farm.Tests.Drills.Managers;

/// <summary>
/// Everything that managers acknowledged. Tasks and workers are named as their protocol names them: <c>uuid:</c>, <c>id:</c> or <c>name:</c>.
/// </summary>
internal sealed class Ledger(int enough)
{
    private bool _isClosed;
    private int _unknown;
    private int _refused;
    private int _submitted;

    /// <summary>Acknowledged jobs and the number of their tasks.</summary>
    public ConcurrentBag<(string Job, int Tasks)> Jobs { get; } = [];

    /// <summary>Acknowledged tasks of jobs that stay open.</summary>
    public ConcurrentBag<string> Tasks { get; } = [];

    /// <summary>Hand-outs that reached a worker.</summary>
    public ConcurrentBag<(string Task, string Worker)> HandOuts { get; } = [];

    /// <summary>Acknowledged completions.</summary>
    public ConcurrentBag<(string Task, string Worker)> Completions { get; } = [];

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
    public int Refused => _refused;

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

    /// <summary>Counts a request whose effect is unknown.</summary>
    public void CountUnknown() => Interlocked.Increment(ref _unknown);

    /// <summary>Counts a completion that was refused.</summary>
    public void CountRefused() => Interlocked.Increment(ref _refused);

    /// <summary>Notes an answer that no manager may give.</summary>
    public void AddAbsurd(Request request, Answer answer) => Absurd.Add($"{request.Method} {request.Path}: {answer.Status} {answer.Text}");
}
