// The page of `waystone report`, put together.
const place = document.getElementById("waystone");
place.textContent = "";
