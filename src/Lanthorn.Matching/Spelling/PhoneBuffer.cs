namespace Lanthorn.Matching;

/// <summary>Collects the sounds of one word. A sound that repeats the last one is a doubled letter and counts once.</summary>
internal ref struct PhoneBuffer(Span<byte> room)
{
    private readonly Span<byte> room = room;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<byte> Read => room[..Count];

    public readonly Phone Last => Count == 0 ? Phone.None : (Phone)room[Count - 1];

    public void Add(Phone phone)
    {
        if (phone == Phone.None || Count == room.Length)
            return;
        if (phone == Last && phone < Phone.Digit0)
            return;
        room[Count++] = (byte)phone;
    }

    /// <summary>Adds even when the last sound is the same one: two letters that only look doubled (mHmd).</summary>
    public void AddAgain(Phone phone)
    {
        if (Count < room.Length)
            room[Count++] = (byte)phone;
    }

    public void Replace(Phone last)
    {
        if (Count > 0)
            room[Count - 1] = (byte)last;
    }

    public void Drop()
    {
        if (Count > 0)
            Count--;
    }
}
