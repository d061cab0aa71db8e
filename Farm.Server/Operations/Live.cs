namespace Farm.Server.Operations;

/// <summary>Something set that may be set anew while the farm runs. Whoever uses it asks for each use, and keeps it for one.</summary>
/// <param name="value">What it is at first.</param>
internal sealed class Live<T>(T value)
    where T : class
{
    private volatile T _now = value;

    /// <summary>What it is at the moment.</summary>
    public T Now
    {
        get => _now;
        set => _now = value;
    }
}
