using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Farm.Server.Hosting.Configuration;

/// <summary>Options that <see cref="CurrentSettings"/> replaces when the file changes. There are no named options.</summary>
/// <typeparam name="T">The options.</typeparam>
/// <param name="started">The value at the start.</param>
internal sealed class SettingsMonitor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(T started)
    : IOptionsMonitor<T>
    where T : class
{
    private volatile T _current = started;

    private event Action<T>? Changed;

    /// <inheritdoc/>
    public T CurrentValue => _current;

    /// <inheritdoc/>
    public T Get(string? name) => _current;

    /// <inheritdoc/>
    public IDisposable OnChange(Action<T, string?> listener)
    {
        void Tell(T value) => listener(value, null);
        Changed += Tell;
        return new Registration(() => Changed -= Tell);
    }

    /// <summary>Replaces the value and tells the listeners.</summary>
    public void Set(T value)
    {
        _current = value;
        Changed?.Invoke(value);
    }

    private sealed class Registration(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
