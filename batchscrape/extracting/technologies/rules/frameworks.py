"""What the front end is written with, its fonts, maps and captchas, and frameworks behind it."""

from batchscrape.extracting.technologies.rules.rule import V, rule

FRAMEWORKS = (
    rule(
        "jQuery",
        assets="jquery",
        asset=(
            rf"/jquery[/@-]{V}(?:/dist)?(?:/jquery|(?:\.slim)?(?:\.min)?\.js)|/jquery/{V}/jquery"
            rf"|/jquery(?:\.slim)?(?:\.min)?\.js(?:\?(?:ver|v)={V})?|/jquery-{V}(?:\.min)?\.[0-9a-f]{{6,40}}\.js|^jquery(?:-{V})?(?:\.slim)?(?:\.min)?\.js"
        ),
    ),
    rule(
        "Bootstrap",
        assets="bootstrap",
        asset=rf"/(?:twitter-)?bootstrap[/@-]{V}/|(?:^|/)bootstrap(?:\.bundle)?(?:[.-]{V})?(?:\.min)?\.(?:css|js)",
    ),
    rule(
        "Tailwind CSS",
        loads="cdn.tailwindcss.com",
        assets="tailwind",
        asset=rf"/tailwindcss@{V}|(?:^|/)tailwind(?:\.min)?\.css",
        inside="tailwindcss v",
        inside_like=rf"/\*! tailwindcss v{V}",
    ),
    rule(
        "React",
        assets=("/react", "/static/js/main."),
        asset=rf"/react(?:-dom)?@{V}|/react(?:-dom)?(?:[.-]{V})?(?:\.production)?(?:\.min)?\.js|^(?:https?://[^/]+)?/static/js/main\.[0-9a-f]{{8}}(?:\.chunk)?\.js",
        inside="data-reactroot=",
    ),
    rule(
        "Next.js",
        assets="/_next/static/",
        inside=' id="__next"',
        headers={"x-powered-by": r"Next\.js(?: (\d[\d.]*))?"},
        implies="React",
    ),
    rule("Gatsby", generator=rf"Gatsby {V}", inside=' id="___gatsby"', implies="React"),
    rule("Remix", inside="window.__remixContext", implies="React"),
    rule(
        "Vue.js",
        assets="/vue",
        asset=rf"/vue@{V}|/vue(?:[.-]{V})?(?:\.global)?(?:\.prod)?(?:\.min)?\.js",
        inside=("data-v-app=", "data-server-rendered="),
    ),
    rule("Nuxt", assets="/_nuxt/", inside=(' id="__nuxt"', "window.__NUXT__"), implies="Vue.js"),
    rule("Angular", inside="ng-version=", inside_like=rf' ng-version="{V}'),
    rule(
        "AngularJS",
        assets="/angular",
        asset=rf"/angular(?:js/|[@-])?(?:{V})?(?:/angular)?(?:\.min)?\.js",
        inside=" ng-app=",
    ),
    rule("Svelte", inside="svelte-", inside_like=r"[\". ]svelte-[0-9a-z]{5,8}\b"),
    rule("SvelteKit", assets="/_app/immutable/", inside=("data-sveltekit-", "__sveltekit_"), implies="Svelte"),
    rule("Astro", generator=rf"Astro v{V}", assets="/_astro/"),
    rule("Alpine.js", assets="alpine", asset=rf"/alpinejs@(?:{V}|\d|latest)|/alpine(?:\.min)?\.js"),
    rule("htmx", assets="htmx", asset=rf"/htmx\.org@{V}|/htmx(?:\.min)?\.js"),
    rule(
        "Font Awesome",
        loads=("kit.fontawesome.com", "use.fontawesome.com"),
        assets=("font-awesome", "fontawesome"),
        asset=(
            rf"font-?awesome(?:-free)?[^\n?]{{0,60}}\.(?:css|js)\?(?:ver|v)={V}|font-?awesome(?:-free)?(?:[/@-]{V}/|\.com/releases/v{V}/|(?:\.min)?\.(?:css|js)"
            r"|[/-](?:css/|js/)?(?:all|solid|brands|font-?awesome)(?:\.min)?\.(?:css|js))"
        ),
    ),
    rule(
        "Google Fonts",
        loads=("fonts.googleapis.com/css", "fonts.googleapis.com/icon"),
        inside="WebFont.load(",
        inside_like=r"WebFont\.load\(\s*\{\s*[\"']?google\b",
    ),
    rule("Adobe Fonts", loads="use.typekit.net"),
    rule(
        "Google Maps",
        loads=("maps.googleapis.com/maps/api/js", "google.com/maps/embed", "maps.google.com/maps?"),
    ),
    rule("Leaflet", assets="leaflet", asset=rf"/leaflet[@/-]v?{V}|/leaflet(?:\.min)?\.(?:js|css)"),
    rule("Mapbox", loads="api.mapbox.com", assets="mapbox-gl-js/", asset=rf"mapbox-gl-js/v{V}"),
    rule("reCAPTCHA", loads=("google.com/recaptcha/", "recaptcha.net/recaptcha/")),
    rule("hCaptcha", loads=("hcaptcha.com/1/api.js", "js.hcaptcha.com")),
    rule("Cloudflare Turnstile", loads="challenges.cloudflare.com/turnstile/"),
    rule("Laravel", cookies="laravel_session="),
    rule("Livewire", assets="/livewire/livewire", implies="Laravel"),
    rule("Django", cookies="csrftoken="),
    rule("Express", headers={"x-powered-by": "^Express"}),
)  # fmt: skip
