namespace DreamPlatform.Web.Demo;

/// <summary>A story of the demo; the people in it are invented.</summary>
internal sealed record DemoStory(
    string Title, string Story, string Category, string Region, (string Name, int Quantity, long AmountMinor)[] Items);

/// <summary>What the people of the demo wish for.</summary>
internal static class DemoStories
{
    public static readonly IReadOnlyList<DemoStory> All =
    [
        new(
            "一台取暖器和两床棉被",
            "我们一家三口住在工地旁的板房里，冬天很冷，孩子常常感冒。"
            + "想要一台取暖器和两床棉被过冬。",
            "housing", "chongqing", [("取暖器", 1, 899_00), ("棉被", 2, 360_00)]),
        new(
            "A bicycle to get to the early shift",
            "The first bus leaves after my shift begins. "
            + "With a bicycle I would not have to walk for an hour before dawn.",
            "transport", "guangdong", [("Bicycle", 1, 620_00), ("Lights and lock", 1, 80_00)]),
        new(
            "孩子上学用的书桌",
            "女儿今年上小学，每天趴在床边写作业。希望有一张书桌和一盏护眼灯。",
            "education", "zhejiang", [("书桌", 1, 480_00), ("护眼灯", 1, 120_00)]),
        new(
            "A washing machine for a shared flat",
            "Six of us share a flat and wash by hand at night. "
            + "A small washing machine would give us back our evenings.",
            "household", "jiangsu", [("Washing machine", 1, 1_099_00)]),
    ];
}
