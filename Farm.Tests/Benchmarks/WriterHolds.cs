using System.Diagnostics.Metrics;
using Farm.Server.Store.Engine;

namespace Farm.Tests.Benchmarks;

/// <summary>How long each transaction of this process holds the writer: from its start until it is on disk.</summary>
internal sealed class WriterHolds : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<double> _seconds = [];

    public WriterHolds()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WriteMetrics.MeterName && instrument.Name == "farm.store.commit.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            lock (_seconds) _seconds.Add(seconds);
        });
        _listener.Start();
    }

    /// <summary>The times in milliseconds, sorted; and starts again.</summary>
    public double[] Take()
    {
        lock (_seconds)
        {
            double[] taken = [.. _seconds.Select(seconds => seconds * 1000).Order()];
            _seconds.Clear();
            return taken;
        }
    }

    public void Dispose() => _listener.Dispose();
}
