//! Microsoft's clouds, by name.

/// One of Microsoft's clouds: where its Partner Center is, and where its users and apps sign in.
///
/// A credential that signs in itself knows its cloud, and its client then calls that cloud's service;
/// for other credentials [`ClientBuilder::cloud`](crate::ClientBuilder::cloud) names it. Not every
/// cloud has every operation: the documentation of each says what Microsoft's page lists.
///
/// The base URLs are those of [Partner Center REST URLs][urls], the authorities those of [national
/// clouds][authorities].
///
/// [authorities]: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
/// [urls]: https://learn.microsoft.com/partner-center/developer/partner-center-rest-urls
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cloud {
    /// The commercial cloud.
    #[default]
    Commercial,
    /// Microsoft Cloud for US Government. Its service is that of the commercial cloud; its sign-in
    /// is its own.
    UsGovernment,
    /// The cloud in China that 21Vianet operates. No page of Microsoft lists an operation of this
    /// crate for it, nor the scope of its tokens.
    China21Vianet,
}

impl Cloud {
    /// The address of Partner Center in this cloud.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Commercial | Self::UsGovernment => "https://api.partnercenter.microsoft.com",
            Self::China21Vianet => "https://partner.partnercenterapi.microsoftonline.cn",
        }
    }

    /// The address at which users and apps of this cloud sign in.
    pub const fn authority(self) -> &'static str {
        match self {
            Self::Commercial => "https://login.microsoftonline.com",
            Self::UsGovernment => "https://login.microsoftonline.us",
            Self::China21Vianet => "https://login.partner.microsoftonline.cn",
        }
    }
}
