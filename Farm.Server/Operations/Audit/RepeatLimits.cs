namespace Farm.Server.Operations.Audit;

/// <summary>How many rows events may write that strangers cause: refusals and sign-ins.</summary>
/// <param name="Burst">How many different ones are written at once before they are only counted.</param>
/// <param name="PerMinute">How many more each minute.</param>
/// <param name="PerAddress">How many different ones of one address are kept apart at the same time.</param>
internal sealed record RepeatLimits(double Burst, double PerMinute, int PerAddress)
{
    /// <summary>How long equal events are first counted before they are written. A repeat doubles it, up to <see cref="LongestWindow"/>.</summary>
    public static readonly TimeSpan FirstWindow = TimeSpan.FromMinutes(1);

    /// <summary>The longest time that events are counted before they are written.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromHours(1);

    /// <summary>Refusals: some 3,000 different ones a day, whoever asks how often.</summary>
    public static RepeatLimits Refusals { get; } = new(Burst: 60, PerMinute: 2, PerAddress: 20);

    /// <summary>Sign-ins, which need a right password.</summary>
    public static RepeatLimits SignIns { get; } = new(Burst: 600, PerMinute: 60, PerAddress: 60);
}
