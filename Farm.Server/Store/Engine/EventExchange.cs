using System.Text;
using Farm.Server.Domain.Events;

namespace Farm.Server.Store.Engine;

/// <summary>Carries the events of one manager to the others, as messages of the store.</summary>
/// <param name="manager">This manager, whose own messages are not repeated to it.</param>
/// <param name="events">Where the events of others are published.</param>
internal sealed class EventExchange(Guid manager, FarmEvents events)
{
    /// <summary>The most messages per commit. More events become one <see cref="FarmEventKind.Missed"/>: whoever listens reads everything again anyway.</summary>
    public const int MaxMessages = 8;

    private const char Separator = ';';
    private const char Field = ',';

    private readonly string _sender = manager.ToString("N");

    /// <summary>The messages that tell others of committed events.</summary>
    public IReadOnlyList<string> Messages(IReadOnlyList<FarmEvent> committed)
    {
        List<string> messages = [];
        var message = new StringBuilder(_sender);
        foreach (var farmEvent in committed)
        {
            var written = Write(farmEvent);
            if (message.Length + written.Length > StoreSession.MaxMessage)
            {
                messages.Add(message.ToString());
                if (messages.Count == MaxMessages) return [_sender + Write(new FarmEvent(FarmEventKind.Missed))];
                message.Clear().Append(_sender);
            }

            message.Append(written);
        }

        if (message.Length > _sender.Length) messages.Add(message.ToString());
        return messages;
    }

    /// <summary>Publishes the events of a message; null means that some were missed.</summary>
    public void Receive(string? message)
    {
        if (message is null)
        {
            events.Publish(new FarmEvent(FarmEventKind.Missed));
            return;
        }

        var parts = message.Split(Separator);
        if (parts[0] == _sender) return;
        foreach (var part in parts.AsSpan(1)) events.Publish(Read(part));
    }

    private static string Write(FarmEvent farmEvent) =>
        $"{Separator}{(int)farmEvent.Kind}{Field}{farmEvent.Job:N}{Field}{farmEvent.Task:N}{Field}{farmEvent.Worker:N}";

    /// <summary>Something that this version does not know may have changed anything.</summary>
    private static FarmEvent Read(string part) =>
        part.Split(Field) is [var kind, var job, var task, var worker] && int.TryParse(kind, out var number) && Enum.IsDefined((FarmEventKind)number)
            ? new FarmEvent((FarmEventKind)number, Id(job), Id(task), Id(worker))
            : new FarmEvent(FarmEventKind.Missed);

    private static Guid? Id(string text) => Guid.TryParseExact(text, "N", out var id) ? id : null;
}
